package dev.storewatch.work;

import java.time.Duration;

/**
 * Work that is done again and again, by one of the processes that share a database.
 *
 * @param name what it is known by in the database
 * @param every how long after it was done it is done again
 * @param work the work; it may be done once more when the process ends in the middle of it
 */
public record Job(String name, Duration every, Runnable work) {}
