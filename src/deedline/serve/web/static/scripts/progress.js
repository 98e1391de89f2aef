// How far an errand is, asked again each second; the page is loaded anew when the stage changes.
export function start(line) {
  const stage = { at: null };
  const bar = document.querySelector("progress");
  async function ask() {
    const answer = await fetch(line.dataset.progress);
    if (!answer.ok) return;
    const told = await answer.json();
    if (told.done || (stage.at && stage.at !== told.stage)) return location.reload();
    stage.at = told.stage;
    if (bar && told.total) { bar.max = told.total; bar.value = told.count; }
    setTimeout(ask, 1000);
  }
  ask();
}
