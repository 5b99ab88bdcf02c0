/** A small choice that covers what service conversations use. */
export const emojis = {
  faces: [..."😀😄😁😆😅😂🙂😉😊😇😍🥰😘😋😜🤔🤗🤝😐😶🙄😬😌😔😴😷🤒😵😎🤓😕😟🙁😮😲😳🥺😢😭😤😠😓😥"],
  hands: ["👍", "👎", "👌", "✌️", "🤞", "👏", "🙌", "🙏", "💪", "👋", "🤙", "👉", "👈", "👆", "👇", "✍️", "🫶", "🫡"],
  things: ["❤️", "💔", "💯", "✅", "❌", "❗", "❓", "⚠️", "⭐", "🔥", "🎉", "🎁", "🌹", "🌸", "☀️", "🌙", "☕", "🍵", "📦", "🚚", "💰", "💳", "🧾", "📷", "📎", "📄", "📧", "📞", "📱", "💻", "🔑", "🔒", "⏰", "📅", "📍", "🔧"],
} as const;
export type EmojiGroup = keyof typeof emojis;
