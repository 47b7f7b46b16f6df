// The answer as a sentence in a live region: what changes here is announced.
export default {
  render({ model, el }) {
    const sentence = live("wb-headline wb-answer");
    const show = () => { sentence.textContent = model.get("text"); };
    model.on("change:text", show);
    show();
    el.append(sentence);
  },
};
