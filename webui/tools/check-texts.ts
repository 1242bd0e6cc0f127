// Texts: the same keys in both languages, none empty, none left in the other language, none unused, no wrong word.
import { readdirSync, readFileSync } from "node:fs";

const root = new URL("../src/", import.meta.url);
const LANGUAGES = ["en", "zh-CN"] as const;
const PLURAL = /_(one|other)$/;
/** The same in both languages: names and notations. */
const SAME = new Set(["product", "brand"]);
/** Words of the glossary's column "do not use". */
const WRONG: Record<string, RegExp[]> = {
  en: [/\bVM\b/, /\binstance/i, /\bplease\b/i, /\bsorry\b/i, /\bare you sure\b/i],
  "zh-CN": [/虚拟机/, /实例/, /宿主机/, /您/, /抱歉/, /挂起/, /注销/, /仪表盘/, /集群/, /规格大小/],
};

type Texts = Record<string, string>;
const problems: string[] = [];

const read = (language: string, file: string): Texts => JSON.parse(readFileSync(new URL(`locales/${language}/${file}`, root), "utf8")) as Texts;
const bases = (texts: Texts): Set<string> => new Set(Object.keys(texts).map((key) => key.replace(PLURAL, "")));
const slots = (text: string): string => [...text.matchAll(/{{\s*(\w+)|<(\w+)/g)].map((found) => found[1] ?? found[2]).sort().join();

function source(folder = root): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "locales")
    .map((entry) => {
      if (entry.isDirectory()) return source(new URL(`${entry.name}/`, folder));
      return /\.tsx?$/.test(entry.name) ? readFileSync(new URL(entry.name, folder), "utf8") : "";
    })
    .join("\n");
}

function compare(file: string, code: string): void {
  const [en, zh] = [read("en", file), read("zh-CN", file)];
  for (const key of bases(en)) if (!bases(zh).has(key)) problems.push(`zh-CN/${file}: ${key} is missing`);
  for (const key of bases(zh)) if (!bases(en).has(key)) problems.push(`en/${file}: ${key} is missing`);
  for (const key of bases(en)) if (!new RegExp(`["'\`:]${key}["'\`]`).test(code)) problems.push(`${file}: ${key} is not used`);
  for (const [key, text] of Object.entries(zh)) {
    const other = en[key] ?? en[key.replace(PLURAL, "_other")] ?? "";
    if (slots(text) !== slots(other)) problems.push(`zh-CN/${file}: ${key} has other places than en`);
    if (text === other && /[a-z]{3}/.test(text) && !SAME.has(key)) problems.push(`zh-CN/${file}: ${key} is not translated`);
  }
  for (const [language, texts] of [["en", en], ["zh-CN", zh]] as const) {
    for (const [key, text] of Object.entries(texts)) {
      if (!text.trim()) problems.push(`${language}/${file}: ${key} is empty`);
      for (const word of WRONG[language] ?? []) if (word.test(text)) problems.push(`${language}/${file}: ${key} uses ${word.source}`);
    }
  }
}

const files = new Set(LANGUAGES.flatMap((language) => readdirSync(new URL(`locales/${language}/`, root))));
const code = source();
for (const file of files) compare(file, code);
for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);
