// A queue by the keyboard: J and K go through it, A accepts, R rejects. Never while somebody types.
const TYPING = "input, textarea, select, [contenteditable]";

export function start(list) {
  const answer = (state) => {
    const button = document.activeElement.closest("li")?.querySelector(`button[value="${state}"]`);
    if (button?.form.reportValidity()) button.click();
  };
  const go = (step) => {
    const entries = [...list.children];
    const at = entries.indexOf(document.activeElement.closest("[data-keys] > li"));
    entries[Math.min(Math.max(at + step, 0), entries.length - 1)]?.focus();
  };
  const acts = { j: () => go(1), k: () => go(-1), a: () => answer("accepted"), r: () => answer("rejected") };
  document.addEventListener("keydown", (event) => {
    const act = acts[event.key.toLowerCase()];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
    event.preventDefault();
    act();
  });
}
