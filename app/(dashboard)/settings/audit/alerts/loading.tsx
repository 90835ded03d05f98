import { LoadingList } from "../_components/loading-list.tsx";

export default function Loading() {
  return <LoadingList what="alerts" />;
}
