// Small improvements. Every page works without this file.

const me = document.querySelector("script[data-govuk]");
document.body.classList.add("js-enabled", "govuk-frontend-supported");
import(me.dataset.govuk).then((govuk) => govuk.initAll());

// A menu closes when one clicks elsewhere or presses Escape.
for (const menu of document.querySelectorAll("details[data-closes]")) {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// Where the browser cannot show closed details, filters open on a wide page.
if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 48.0625em)").matches) {
  for (const fold of document.querySelectorAll(".onroll-filter__fold")) fold.open = true;
}

// A page that waits for work renews that part of itself until the work is done, then shows the whole result.
async function renew(part) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(part.id);
  if (!fresh || !fresh.dataset.renew) { location.assign(answer.url); return; }
  for (const name of ["__text", "__share"]) {
    const [old, now] = [part, fresh].map((root) => root.querySelector(`.onroll-progress${name}`));
    if (old.textContent !== now.textContent) old.textContent = now.textContent;
  }
  part.querySelector("progress").value = fresh.querySelector("progress").value;
  wait(part);
}
function wait(part) {
  setTimeout(() => renew(part).catch(() => wait(part)), 1000 * part.dataset.renew);
}
for (const part of document.querySelectorAll("[data-renew]")) wait(part);
