import { useTranslation } from "react-i18next";

import { ChoiceCards } from "@/components/ChoiceCards";
import { bytes } from "@/format/bytes";
import { asTyped, inBytes } from "@/format/sizes";
import type { SectionProps } from "./Create";
import { SYSTEM_DISK } from "./draft";

export function ImageChoice({ draft, choices, set }: SectionProps) {
  const { t } = useTranslation("create");
  const choose = (id: string): void => {
    const image = choices.images.find((one) => one.id === id);
    const least = Math.max(image?.virtual_size ?? 0, SYSTEM_DISK);
    const [system, ...data] = draft.disks;
    const tooSmall = (system ? (inBytes(system) ?? 0) : 0) < (image?.virtual_size ?? 0);
    set({ image: id, disks: [tooSmall || !system ? asTyped(least) : system, ...data] });
  };
  const cards = [
    { value: "", title: t("blank"), text: t("blankText") },
    ...choices.images.map(({ id, name, virtual_size: size, description }) => ({ value: id, title: name, text: description || bytes(size) })),
  ];
  return <ChoiceCards legend={t("image")} name="image" cards={cards} chosen={draft.image ?? ""} onChoose={choose} />;
}
