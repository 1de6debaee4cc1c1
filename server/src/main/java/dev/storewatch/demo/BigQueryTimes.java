package dev.storewatch.demo;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.stream.LongStream;

/**
 * Instants as BigQuery exports them: {@code 2026-03-08 18:13:22.47922 UTC}, without the zeros at
 * the end of the fraction and without a fraction of zero.
 *
 * <p>The dates are made once, because a fleet has millions of polls and few days.
 */
final class BigQueryTimes {
  /** The most bytes of an instant. */
  static final int MOST_BYTES = 30;

  private static final byte[] UTC = " UTC".getBytes(StandardCharsets.US_ASCII);

  private final long firstDay;
  private final byte[][] dates;

  BigQueryTimes(Span period) {
    firstDay = Math.floorDiv(period.start(), Micros.DAY);
    dates =
        LongStream.rangeClosed(firstDay, Math.floorDiv(period.end(), Micros.DAY))
            .mapToObj(day -> LocalDate.ofEpochDay(day) + " ")
            .map(date -> date.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);
  }

  /** Puts an instant of the period into a buffer and returns the position after it. */
  int put(byte[] buffer, int position, long at) {
    int end = putBytes(buffer, position, dates[(int) (Math.floorDiv(at, Micros.DAY) - firstDay)]);
    int second = (int) (Math.floorMod(at, Micros.DAY) / Micros.SECOND);
    end = putTwoDigits(buffer, end, second / 3_600, ':');
    end = putTwoDigits(buffer, end, second / 60 % 60, ':');
    end = putTwoDigits(buffer, end, second % 60, '.');
    return putBytes(buffer, putFraction(buffer, end, (int) (at % Micros.SECOND)), UTC);
  }

  private static int putBytes(byte[] buffer, int position, byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, position, bytes.length);
    return position + bytes.length;
  }

  private static int putTwoDigits(byte[] buffer, int position, int number, char after) {
    buffer[position] = (byte) ('0' + number / 10);
    buffer[position + 1] = (byte) ('0' + number % 10);
    buffer[position + 2] = (byte) after;
    return position + 3;
  }

  /** Puts the digits after the point and takes back the zeros, and the point if none is left. */
  private static int putFraction(byte[] buffer, int position, int micros) {
    int end = position + 6;
    for (int i = end - 1, rest = micros; i >= position; i--, rest /= 10) {
      buffer[i] = (byte) ('0' + rest % 10);
    }
    while (buffer[end - 1] == '0' && end > position) {
      end--;
    }
    return end == position ? position - 1 : end;
  }
}
