/** The dialogs of images, opened by `do=` and `image=` of the address. */
import { useState } from "react";
import { FileUpload } from "pf/FileUpload";
import { FormGroup } from "pf/Form";
import { useTranslation } from "react-i18next";

import { changeImage, createImage, deleteImage, type ImageKind } from "@/api/images";
import type { Image } from "@/api/types";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { FormDialog } from "@/components/FormDialog";
import { TextLine } from "@/components/TextLine";
import { toast } from "@/components/toasts";
import { bytes } from "@/format/bytes";
import { upload } from "@/live/uploads";
import { changeQuery, usePlace } from "@/router";
import { useMay, usePortal } from "@/session";

const close = (): void => changeQuery({ do: "", image: "" }, { replace: true });

interface Props {
  kind: ImageKind;
  images: Image[];
}

export function ImageDialogs({ kind, images }: Props) {
  const { t } = useTranslation("images");
  const { query } = usePlace();
  const may = useMay();
  const dialog = query.get("do");
  const image = images.find(({ id }) => id === query.get("image"));
  if (!may("image.write")) return null;
  if (dialog === "upload") return <NewImage kind={kind} />;
  if (!image) return null;
  if (dialog === "file") return <FileOf kind={kind} image={image} />;
  if (dialog === "edit") return <Edit kind={kind} image={image} />;
  if (dialog !== "delete") return null;
  const { id, name, size } = image;
  const remove = async (): Promise<void> => {
    await deleteImage(kind, id);
    toast(t("deleted", { name }));
  };
  return <ConfirmDialog title={t("deleteTitle")} body={t("deleteText", { name, size: bytes(size) })} verb={t("deleteVerb", { name })} danger typed={name} act={remove} onClose={close} />;
}

const tagsOf = (text: string): string[] => [...new Set(text.split(/[,\s]+/).filter(Boolean))];
const NAMES: Record<ImageKind, RegExp> = { disk: /^[A-Za-z0-9_.-]{1,128}$/, media: /^[^/\p{Cc}]{1,128}$/u };

/** "CentOS 10.qcow2" -> "CentOS-10": a name that the rule accepts. */
const nameOf = (file: File): string => file.name.replace(/\.(qcow2|raw|img|vmdk|iso)$/i, "").replace(/[^A-Za-z0-9_.-]+/g, "-").slice(0, 128);

function NewImage({ kind }: { kind: ImageKind }) {
  const { t } = useTranslation("images");
  const { user, group } = usePortal();
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [tags, setTags] = useState("");
  const wrong = name !== "" && !NAMES[kind].test(name.trim()) ? t("nameRule") : undefined;
  const choose = (chosen: File | null): void => {
    setFile(chosen);
    if (chosen && !name) setName(nameOf(chosen));
  };
  const create = async (): Promise<void> => {
    if (!file) return;
    const image = await createImage(kind, { name: name.trim(), description: description.trim(), tags: tagsOf(tags) }, user, group);
    upload(kind, image, name.trim(), file);
  };
  return (
    <FormDialog title={t("uploadImage")} verb={t("upload")} act={create} ready={file !== null && file.size > 0 && NAMES[kind].test(name.trim())} onClose={close} variant="medium">
      <FileField kind={kind} file={file} onChange={choose} />
      <TextLine id="image-name" label={t("name")} value={name} onChange={setName} help={kind === "disk" ? t("nameRule") : undefined} problem={wrong} required />
      <TextLine id="image-description" label={t("description")} value={description} onChange={setDescription} />
      <TextLine id="image-tags" label={t("tags")} value={tags} onChange={setTags} help={t("tagsHelp")} />
    </FormDialog>
  );
}

/** The file of an image that waits for one, a newer one, or the same once more to go on where it stopped. */
function FileOf({ kind, image: { id, name, size } }: { kind: ImageKind; image: Image }) {
  const { t } = useTranslation("images");
  const [file, setFile] = useState<File | null>(null);
  const begin = (): Promise<void> => {
    if (file) upload(kind, id, name, file);
    return Promise.resolve();
  };
  return (
    <FormDialog title={t("fileOf", { name })} verb={t("upload")} act={begin} ready={file !== null} onClose={close} variant="medium">
      <p>{size ? t("newVersionText") : t("sameFileText")}</p>
      <FileField kind={kind} file={file} onChange={setFile} />
    </FormDialog>
  );
}

function FileField({ kind, file, onChange }: { kind: ImageKind; file: File | null; onChange: (file: File | null) => void }) {
  const { t } = useTranslation("images");
  return (
    <FormGroup label={t("file")} fieldId="image-file" isRequired>
      <FileUpload
        id="image-file"
        filename={file ? `${file.name} · ${bytes(file.size)}` : ""}
        filenamePlaceholder={kind === "disk" ? t("dropDisk") : t("dropMedia")}
        browseButtonText={t("browse")}
        clearButtonText={t("clear")}
        browseButtonAriaDescribedby="image-file-filename"
        filenameAriaLabel={t("file")}
        hideDefaultPreview
        onFileInputChange={(_event, chosen) => onChange(chosen)}
        onClearClick={() => onChange(null)}
      />
    </FormGroup>
  );
}

function Edit({ kind, image }: { kind: ImageKind; image: Image }) {
  const { t } = useTranslation("images");
  const [name, setName] = useState(image.name);
  const [description, setDescription] = useState(image.description ?? "");
  const [tags, setTags] = useState((image.tags ?? []).join(", "));
  const save = (): Promise<void> => changeImage(kind, image.id, { name: name.trim(), description: description.trim(), tags: tagsOf(tags) });
  return (
    <FormDialog title={t("editImage", { name: image.name })} verb={t("save")} act={save} ready={NAMES[kind].test(name.trim())} onClose={close}>
      <TextLine id="image-name" label={t("name")} value={name} onChange={setName} autoFocus required />
      <TextLine id="image-description" label={t("description")} value={description} onChange={setDescription} />
      <TextLine id="image-tags" label={t("tags")} value={tags} onChange={setTags} help={t("tagsHelp")} />
    </FormDialog>
  );
}
