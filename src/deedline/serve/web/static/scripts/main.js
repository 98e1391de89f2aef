// What makes the pages quicker where scripts run; each page works without it.
// A page asks for a part by an attribute: data-suggest, data-copy, data-keys, data-progress, data-drop.
const parts = { "data-suggest": "./suggest.js", "data-copy": "./copy.js", "data-keys": "./keys.js", "data-progress": "./progress.js", "data-drop": "./drop.js" };
for (const [attribute, file] of Object.entries(parts)) {
  const found = document.querySelectorAll(`[${attribute}]`);
  if (found.length) import(file).then((part) => found.forEach(part.start));
}
