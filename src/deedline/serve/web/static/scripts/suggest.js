// Suggestions under a search box, as a combobox: arrows choose, Enter takes, Escape leaves. Without scripts, the box is
// a plain one.
const WAIT = 120; // milliseconds after the last key

export function start(box) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${box.name}-suggestions`;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  box.after(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  let chosen = -1, timer, asked = "";

  function show(found) {
    chosen = -1;
    list.replaceChildren(...found.map((each, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.textContent = each.words;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); take(index); });
      return option;
    }));
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    box.removeAttribute("aria-activedescendant");
  }

  function take(index) {
    box.value = list.children[index].textContent;
    show([]);
    box.form.requestSubmit();
  }

  function choose(index) {
    chosen = (index + list.children.length) % list.children.length;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    box.setAttribute("aria-activedescendant", list.children[chosen].id);
  }

  async function ask() {
    const words = asked = box.value.trim();
    if (!words) return show([]);
    const answer = await fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: words })}`);
    if (answer.ok && words === asked) show(await answer.json());
  }

  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  box.addEventListener("blur", () => show([]));
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && chosen >= 0) take(chosen);
    else return;
    event.preventDefault();
  });
}
