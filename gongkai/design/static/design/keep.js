/* Hands what is typed in a long form over to the server, which keeps it enciphered for this person, so that a reload
   or a closed window loses nothing. Nothing stays in the browser; what was kept goes when the form is sent. Files and
   passwords are never handed over. Without scripts, a form sent after a time-out is kept all the same. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-keep-typed]");
  if (!form || !window.fetch) { return; }
  var PAUSE = 2000;
  var waiting = 0;
  var under = null;
  function typed() {
    var data = new FormData(form);
    Array.from(data.entries()).forEach(function (entry) {
      if (entry[1] instanceof File) { data.delete(entry[0]); }
    });
    form.querySelectorAll("input[type=password], input[type=hidden]").forEach(function (field) {
      data.delete(field.name);
    });
    data.set("kept-path", new URL(form.action, location.href).pathname);
    data.set("kept-page", location.pathname + location.search);
    return data;
  }
  function hand(last) {
    window.clearTimeout(waiting);
    waiting = 0;
    under = new AbortController();
    var token = form.querySelector("input[name=csrfmiddlewaretoken]");
    fetch(form.dataset.keepTyped, {
      method: "POST",
      body: typed(),
      headers: { Accept: "application/json", "X-CSRFToken": token ? token.value : "" },
      credentials: "same-origin",
      redirect: "error",
      keepalive: last,
      signal: last ? undefined : under.signal
    }).catch(function () { /* The next stroke tries again. */ });
  }
  form.addEventListener("input", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(hand, PAUSE, false);
  });
  form.addEventListener("submit", function () {
    window.clearTimeout(waiting);
    waiting = 0;
    if (under) { under.abort(); }
  });
  window.addEventListener("pagehide", function () { if (waiting) { hand(true); } });
}());
