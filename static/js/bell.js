// Asks every minute whether the number in the bell is still right: only while somebody sees the page.
const EVERY = 60_000;
let asked = Date.now();

function look() {
  if (document.hidden) return;
  asked = Date.now();
  document.getElementById("bell")?.dispatchEvent(new Event("look"));
}

function lookIfDue() {
  if (Date.now() - asked >= EVERY) look();
}

setInterval(lookIfDue, EVERY / 4);
document.addEventListener("visibilitychange", lookIfDue);
// What an open conversation has new is read by now.
if (document.getElementById("seen") && document.querySelector(".bell__count")) setTimeout(look, 3000);
