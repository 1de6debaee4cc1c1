package dev.storewatch.source;

import java.util.Locale;

/** How the asking of a store may end. */
enum ProbeOutcome {
  /** It is online: an active poll was written. */
  ACTIVE,
  /** It is not, after all retries: an inactive poll was written. */
  INACTIVE,
  /** Nobody can say, because the network of the prober is away: no poll was written. */
  UNKNOWN,
  /** It was not asked, because it may not be: no poll was written. */
  NOT_ASKED,
  /** It was not asked, because the last time had not ended: no poll was written. */
  SKIPPED;

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
