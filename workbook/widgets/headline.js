// The answer as a sentence in a live region: what changes here is announced. The notes beneath are not.
export default {
  render({ model, el }) {
    const sentence = live("wb-headline wb-answer");
    const notes = made("ul", { className: "wb-notes wb-answer" });
    const show = () => {
      sentence.textContent = model.get("text");
    };
    model.on("change:text", show);
    show();
    follow(model, notes);
    el.append(sentence, notes);
  },
};
