/** A small choice that says most of what people say with them. */
export const EMOJI = Array.from(
  "😀😄😂🤣😊😍😘😎🤔😅😭😢😡😱😴🙄🤝👍👎👌🙏👏💪🙌❤💔🌹🎉🎁✨🔥⭐✅❌❓❗💰📦🚚📷🐛☕🍵🌞🌙",
);
