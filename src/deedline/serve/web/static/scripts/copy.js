// A button beside words that are made to be copied.
export function start(words) {
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain copy";
  button.textContent = words.dataset.copy;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words.textContent);
    said.textContent = " ✓";
  });
  words.after(" ", button, said);
}
