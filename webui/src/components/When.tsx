import { full, relative } from "@/format/time";

/** A moment in few words, the whole of it on hover. */
export function When({ moment }: { moment: number }) {
  if (!moment) return "–";
  return (
    <time dateTime={new Date(moment * 1000).toISOString()} title={full(moment)}>
      {relative(moment)}
    </time>
  );
}
