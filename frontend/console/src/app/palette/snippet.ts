/** The words of a search excerpt without its marks and entities. */
export function plainSnippet(html: string): string {
  const entities: Record<string, string> = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&#x27;": "'",
    "&amp;": "&",
  };
  return html.replace(/<\/?mark>/g, "").replace(/&(lt|gt|quot|amp|#39|#x27);/g, (entity) => entities[entity] ?? entity);
}
