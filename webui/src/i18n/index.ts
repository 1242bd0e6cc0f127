/** Texts: one namespace per page, and only the chosen language is loaded. */
import i18next, { type BackendModule, type ResourceKey } from "i18next";
import { initReactI18next } from "react-i18next";

import { persistently } from "@/persistently";
import { keepLanguage, language, type Language } from "./language";

const files = import.meta.glob<{ default: ResourceKey }>("../locales/*/*.json");

const backend = {
  type: "backend" as const,
  callbackApi: false,
  init: () => undefined,
  read: async (lang: string, namespace: string) => {
    const load = files[`../locales/${lang}/${namespace}.json`];
    if (!load) throw new Error(`no texts ${lang}/${namespace}`);
    return (await persistently(load)).default;
  },
} satisfies Omit<BackendModule, "read"> & { read: (language: string, namespace: string) => Promise<ResourceKey> };

export async function startTexts(): Promise<void> {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language(),
      fallbackLng: false,
      ns: ["shell"],
      defaultNS: "shell",
      keySeparator: false,
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
}

export async function chooseLanguage(chosen: Language): Promise<void> {
  keepLanguage(chosen);
  await i18next.changeLanguage(chosen);
}
