package dev.storewatch.importing;

import dev.storewatch.file.UnpackLimits;
import dev.storewatch.store.StoreLimits;

/**
 * How much is accepted of a file that comes from somebody else.
 *
 * @param unpacking how much it may unpack to
 * @param rejectsKept how many wrong rows are kept
 * @param stores how many stores there may be before no more are added
 */
record ImportLimits(UnpackLimits unpacking, long rejectsKept, int stores) {
  /** No limit: for files that the user of this machine imports. */
  static final ImportLimits NONE =
      new ImportLimits(UnpackLimits.NONE, Long.MAX_VALUE, Integer.MAX_VALUE);

  static ImportLimits of(UploadLimits limits, StoreLimits storeLimits) {
    return new ImportLimits(
        new UnpackLimits(limits.unpackedBytes().toBytes(), limits.unpackRatio()),
        limits.rejectsKept(),
        storeLimits.stores());
  }
}
