package dev.storewatch.source;

import dev.storewatch.outgoing.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a store is asked whether it is online.
 *
 * @param storeKey the key of the store
 * @param url what is asked for
 * @param statuses the statuses of HTTP by which it is online
 * @param text what the first 256 KB of the answer have to say somewhere; null for anything
 * @param timeout how long one answer may take
 * @param always whether it is asked outside its business hours too
 * @param entered when this was entered
 * @param enteredBy who entered it; null for somebody without a name
 */
record StoreProbe(
    int storeKey,
    URI url,
    Statuses statuses,
    @Nullable String text,
    Duration timeout,
    boolean always,
    Instant entered,
    @Nullable String enteredBy) {
  static final long MOST_BYTES = 256 * 1024;

  /** Returns what is wrong with an answer by which the store is not online; null if nothing is. */
  @Nullable String fault(Answer answer) {
    if (!statuses.includes(answer.status())) {
      return "answers %d, and is online by %s".formatted(answer.status(), statuses.text());
    }
    if (text != null && !answer.text().contains(text)) {
      return "answers %d without the text '%s'%s"
          .formatted(answer.status(), text, answer.cut() ? " in the first 256 KB" : packed(answer));
    }
    return null;
  }

  private static String packed(Answer answer) {
    return answer
        .header("Content-Encoding")
        .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
        .map(" (it is packed with %s, though nobody asked for that)"::formatted)
        .orElse("");
  }
}
