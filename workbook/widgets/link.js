// The link: the scenario in the address bar, to share, reload or restore. On our page it also opens
// the scenario that the address asks for, and shows no figure until the kernel has answered.
const RESERVED = ["token", "pin"]; // the visitor's own: kept in the address bar, never in a link

const address = (query) => {
  const kept = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => RESERVED.includes(name)));
  const both = [query, kept.toString()].filter(Boolean).join("&");
  return location.pathname + (both ? `?${both}` : "") + location.hash;
};

const notice = (className, text, ...more) => {
  const element = made("div", { className: `wb-notice ${className}`, hidden: !text }, made("p", { textContent: text }), ...more);
  element.setAttribute("role", "alert");
  return element;
};

export default {
  render({ model, el }) {
    const id = unique("link");
    const box = made("input", { type: "text", readOnly: true, id, name: "link-to-this-scenario", className: "wb-address" });
    const copied = live("wb-copied");
    const copy = button("Copy link", async () => {
      box.select();
      try { await navigator.clipboard.writeText(box.value); } catch { document.execCommand("copy"); }
      copied.textContent = "Link copied";
      setTimeout(() => { copied.textContent = ""; }, 4000);
    });
    const published = made("a", { href: OURS ? address("") : "#", textContent: "Open the published scenario instead" });
    const refused = notice("wb-refusal", "", made("p", {}, published));
    const incident = notice("wb-incident", "");

    const caution = live("wb-caution");
    const show = () => {
      caution.textContent = model.get("caution");
      const query = model.get("query");
      box.value = OURS ? new URL(query ? `?${query}` : location.pathname, location.href).href : query ? `?${query}` : "(the published scenario)";
      if (OURS && model.get("opened") && !model.get("refused")) history.replaceState(history.state, "", address(query));
    };
    const tell = () => {
      for (const [element, name] of [[refused, "refused"], [incident, "incident"]]) {
        const text = model.get(name);
        element.hidden = !text;
        element.firstChild.textContent = text;
      }
      if (OURS) document.body.toggleAttribute("data-refused", Boolean(model.get("refused")));
    };
    const opened = async () => {
      if (!OURS || !model.get("opened")) return;
      document.documentElement.dataset.asked = "no"; // what is shown now is what was asked for
      tell();
      show();
      await painted();
      page("ready");
    };

    for (const name of ["query", "caution"]) model.on(`change:${name}`, show);
    model.on("change:refused", () => { tell(); show(); });
    model.on("change:incident", tell);
    model.on("change:opened", opened);
    el.append(refused, incident, made("div", { className: "wb-link" },
      made("label", { htmlFor: id, textContent: "Link to this scenario" }), made("div", { className: "wb-inputs" }, box, copy), copied, caution));
    show();
    tell();
    if (OURS && !model.get("opened")) {
      model.set("asked", location.search);
      model.save_changes();
    }
    opened();
  },
};
