/** What a person can do with images. Both kinds have the same routes under different names. */
import { api, call } from "./client";
import { cache } from "./queries";

export type ImageKind = "disk" | "media";

export interface ImageWords {
  name: string;
  description: string;
  tags: string[];
}

const KEYS = { disk: "images", media: "media" } as const;

export const imagesChanged = (kind: ImageKind): Promise<void> => cache.invalidateQueries({ queryKey: [KEYS[kind]] });

/** Answers the id of the image, which waits for its file. */
export async function createImage(kind: ImageKind, words: ImageWords, owner: string, group: string): Promise<string> {
  const body = { ...words, owner, group };
  const { id } = await (kind === "disk" ? call(api.POST("/api/v1/disk_images/", { body })) : call(api.POST("/api/v1/media_images/", { body })));
  await imagesChanged(kind);
  return id;
}

export async function buildImage(words: ImageWords, owner: string, group: string, guest: string): Promise<string> {
  const { operation = "" } = await call(api.POST("/api/v1/disk_images/", { body: { ...words, owner, group, guest } }));
  await imagesChanged("disk");
  return operation;
}

export async function changeImage(kind: ImageKind, id: string, words: ImageWords): Promise<void> {
  const given = { params: { path: { id } }, body: words };
  await (kind === "disk" ? call(api.PUT("/api/v1/disk_images/{id}", given)) : call(api.PUT("/api/v1/media_images/{id}", given)));
  await imagesChanged(kind);
}

export async function deleteImage(kind: ImageKind, id: string): Promise<void> {
  const given = { params: { path: { id } } };
  await (kind === "disk" ? call(api.DELETE("/api/v1/disk_images/{id}", given)) : call(api.DELETE("/api/v1/media_images/{id}", given)));
  await imagesChanged(kind);
}

interface UploadState {
  id: string;
  offset: number;
}

/** A new upload, or the one of the same size that broke off. */
export async function beginUpload(kind: ImageKind, id: string, size: number): Promise<UploadState> {
  const given = { params: { path: { id } }, body: { size } };
  const begun = await (kind === "disk" ? call(api.POST("/api/v1/disk_images/{id}/uploads/", given)) : call(api.POST("/api/v1/media_images/{id}/uploads/", given)));
  return { id: begun.id, offset: begun.offset };
}

export async function abandonUpload(kind: ImageKind, id: string, upload: string): Promise<void> {
  const given = { params: { path: { id, upload_id: upload } } };
  await (kind === "disk"
    ? call(api.DELETE("/api/v1/disk_images/{id}/uploads/{upload_id}", given))
    : call(api.DELETE("/api/v1/media_images/{id}/uploads/{upload_id}", given)));
  await imagesChanged(kind);
}

export const fileAddress = (kind: ImageKind, id: string): string => `/api/v1/${kind}_images/${encodeURIComponent(id)}/file/`;
