/** For a small machine that also runs web and worker. Nothing replicates from it, so the log is kept at its least. */
const usual = {
  max_connections: "100",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  max_parallel_workers_per_gather: "1",
  random_page_cost: "1.1",
  jit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  password_encryption: "scram-sha-256",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  log_autovacuum_min_duration: "-1",
  // Statements can carry secrets in their values; what failed is enough.
  log_min_error_statement: "panic",
} as const;

/** For data that may be lost, as in tests. */
const disposable = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  shared_buffers: "128MB",
} as const;

export function serverArgs(folder: string, port: number, durable: boolean): string[] {
  const settings: Record<string, string> = {
    ...usual,
    ...(durable ? {} : disposable),
    listen_addresses: "127.0.0.1",
    port: String(port),
    // A path to a socket must be short, and the data folder's may not be.
    unix_socket_directories: "",
    logging_collector: "off",
    log_destination: "stderr",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", folder, ...flags];
}
