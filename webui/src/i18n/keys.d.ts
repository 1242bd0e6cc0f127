/** Makes a text key that does not exist a compile error. */
import type audit from "@/locales/en/audit.json";
import type create from "@/locales/en/create.json";
import type entry from "@/locales/en/entry.json";
import type guest from "@/locales/en/guest.json";
import type guests from "@/locales/en/guests.json";
import type images from "@/locales/en/images.json";
import type me from "@/locales/en/me.json";
import type operations from "@/locales/en/operations.json";
import type overview from "@/locales/en/overview.json";
import type people from "@/locales/en/people.json";
import type pools from "@/locales/en/pools.json";
import type settings from "@/locales/en/settings.json";
import type shell from "@/locales/en/shell.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shell";
    keySeparator: false;
    resources: {
      audit: typeof audit;
      create: typeof create;
      entry: typeof entry;
      guest: typeof guest;
      guests: typeof guests;
      images: typeof images;
      me: typeof me;
      operations: typeof operations;
      overview: typeof overview;
      people: typeof people;
      pools: typeof pools;
      settings: typeof settings;
      shell: typeof shell;
    };
  }
}
