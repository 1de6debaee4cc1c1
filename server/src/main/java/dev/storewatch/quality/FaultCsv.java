package dev.storewatch.quality;

/**
 * All faults of the stores that a caller may see, to be written as CSV while they are looked up.
 *
 * @param faults where they come from
 */
record FaultCsv(StoreFaults faults) {}
