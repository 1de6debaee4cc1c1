package dev.storewatch;

import dev.storewatch.access.Passwords;
import java.util.Map;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;

/**
 * The hashing of passwords in tests: by the method of the product, but it costs next to nothing.
 */
public final class TestPasswords {
  private static final int SMALLEST_COST = 4;

  private TestPasswords() {}

  /** Returns a hashing. */
  public static Passwords cheap() {
    return new Passwords(
        new DelegatingPasswordEncoder(
            "bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(SMALLEST_COST))));
  }
}
