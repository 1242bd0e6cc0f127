/** Which languages there are, and which one this browser shows. */
export const LANGUAGES = { en: "English", "zh-CN": "简体中文" } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = "nano.language";

export const isLanguage = (text: string): text is Language => text in LANGUAGES;

/** The language of the document; the inline script of index.html chose the first one. */
export function language(): Language {
  const lang = document.documentElement.lang;
  return isLanguage(lang) ? lang : "en";
}

export function keepLanguage(chosen: Language): void {
  document.documentElement.lang = chosen;
  remember(KEY, chosen);
}

/** Remember a preference of this browser; a browser that refuses storage forgets it, that is all. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}

export function recall(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}
