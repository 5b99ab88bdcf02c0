/** How good a password is by its length alone; the server also refuses the common ones. */
type Strength = "empty" | "short" | "fair" | "good" | "strong";

export function strength(password: string, minimum = 10): Strength {
  const length = [...password].length;
  if (length === 0) return "empty";
  if (length < minimum || new Set(password).size < 4) return "short";
  if (length < minimum + 4) return "fair";
  return length < minimum + 8 ? "good" : "strong";
}
