package dev.storewatch.importing;

import dev.storewatch.revision.StoreSet;

/** The reports that are kept, which an import of hours or zones may restate. */
public interface KeptReports {
  /** Returns how many are about any of some stores. */
  int about(StoreSet stores);
}
