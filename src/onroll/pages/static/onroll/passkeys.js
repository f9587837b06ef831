// Passkeys need scripts: the buttons show where they work, and a browser that made none is told of in words.

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false;
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const problem of document.querySelectorAll("[data-passkey-problem]")) problem.hidden = false;
});

// On the sign-in page the library's scripts are fetched at the first press, which is then given to them.
function fetched(address) {
  return new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed }));
  });
}
const late = document.querySelector("script[data-on-press]");
const button = late && document.getElementById(late.dataset.onPress);
button?.addEventListener("click", async (event) => {
  event.preventDefault();
  try {
    for (const address of late.dataset.scripts.split(" ")) await fetched(address);
    window.allauth.webauthn.forms.loginForm({ ids: { login: button.id, credential: "mfa_credential" } });
    button.click();
  } catch (exception) {
    document.dispatchEvent(new CustomEvent("allauth.error", { detail: { exception }, cancelable: true }));
  }
}, { once: true });
