// Files may be dropped anywhere on the form.
export function start(form) {
  const field = form.querySelector('input[type="file"]');
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });
}
