package dev.storewatch.lake;

/**
 * What an export did.
 *
 * @param stores how many stores the lake has
 * @param polls how many polls it has
 * @param dates of how many dates
 * @param files how many files it has
 * @param bytes how long they are together
 * @param polled how many rows of polls were written
 * @param made how many files were made
 * @param removed how many files went
 */
public record ExportResult(
    long stores,
    long polls,
    int dates,
    int files,
    long bytes,
    long polled,
    int made,
    int removed) {}
