// Follows what happens, and sends forms without leaving the page. Without it the page is the same,
// only that it has to be loaded again.
const live = document.getElementById("live");

function isTyping() {
  const at = document.activeElement;
  return live.contains(at) && (at.tagName === "INPUT" || at.tagName === "SELECT");
}

async function refresh() {
  const answer = await fetch("live");
  if (!answer.ok) {
    return;
  }
  const fresh = await answer.text();
  if (fresh === live.dataset.shown || isTyping()) {
    return;
  }
  const focused = document.activeElement?.id;
  const open = [...live.querySelectorAll("details[open]")].map((part) => part.id);
  live.innerHTML = fresh;
  live.dataset.shown = fresh;
  for (const id of open) {
    document.getElementById(id)?.setAttribute("open", "");
  }
  if (focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body: fields });
  if (!answer.ok) {
    // The page that comes back says what was wrong.
    form.submit();
    return;
  }
  event.submitter?.focus({ preventScroll: true });
  if (document.activeElement?.tagName !== "BUTTON") {
    document.activeElement?.blur();
  }
  await refresh();
});

if (live) {
  setInterval(() => refresh().catch(() => {}), 1000);
}
