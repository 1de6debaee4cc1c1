package dev.storewatch.dashboard;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** What forms send, and what they are answered with. */
final class Forms {
  private Forms() {}

  /** Returns a field without blanks around it; null if it was left empty. */
  static @Nullable String given(String text) {
    return text.isBlank() ? null : text.strip();
  }

  /** Returns the words of a field, with commas or blanks in between. */
  static List<String> words(String text) {
    return Arrays.stream(text.split("[,\\s]+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  /** Returns the answer that leads to a page, or to a part of it. */
  static ResponseEntity<Void> show(String address) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
  }
}
