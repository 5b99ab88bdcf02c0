/** What a user agent is, as people would say it: `Chrome · macOS`. */
export function describeDevice(agent: string): { name: string; phone: boolean } {
  const browsers: [RegExp, string][] = [
    [/MicroMessenger/, "微信"],
    [/Edg\//, "Edge"],
    [/OPR\//, "Opera"],
    [/Firefox\//, "Firefox"],
    [/(Chrome|CriOS)\//, "Chrome"],
    [/Safari\//, "Safari"],
    [/curl\//, "curl"],
  ];
  const systems: [RegExp, string][] = [
    [/iPhone/, "iPhone"],
    [/iPad/, "iPad"],
    [/Android/, "Android"],
    [/Windows/, "Windows"],
    [/Mac OS X/, "macOS"],
    [/Linux/, "Linux"],
  ];
  const find = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(agent))?.[1];
  const name = [find(browsers), find(systems)].filter(Boolean).join(" · ");
  return { name: name || agent.slice(0, 60), phone: /iPhone|Android/.test(agent) };
}
