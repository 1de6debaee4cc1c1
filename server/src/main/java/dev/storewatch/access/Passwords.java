package dev.storewatch.access;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.util.function.SingletonSupplier;

/**
 * The hashing of passwords, which is slow on purpose: it takes a processor for a while, so only two
 * are hashed at the same time and the others wait.
 *
 * <p>A hash carries the name and the cost of its method, so that hashes of several can be kept.
 */
public final class Passwords {
  private static final int AT_ONCE = 2;

  /** Made on first use: it looks for all methods there are, for which most commands would wait. */
  private final Supplier<PasswordEncoder> encoder;

  private final Semaphore places = new Semaphore(AT_ONCE);

  /**
   * A hash that stands for people who do not exist. It is made on first use, because that takes as
   * long as a sign-in.
   */
  private final Supplier<String> nobody;

  /**
   * A hashing by other methods.
   *
   * @param encoder hashes and compares; a hash that it makes names its method
   */
  public Passwords(PasswordEncoder encoder) {
    this(() -> encoder);
  }

  private Passwords(Supplier<PasswordEncoder> encoder) {
    this.encoder = encoder;
    this.nobody = SingletonSupplier.of(() -> hash(KeyText.random().secret()));
  }

  /** Returns the hashing by the method that Spring Security recommends. */
  public static Passwords standard() {
    return new Passwords(
        SingletonSupplier.of(PasswordEncoderFactories::createDelegatingPasswordEncoder));
  }

  /** Returns the hash of a password, which is another one each time. */
  String hash(String password) {
    return String.valueOf(encoder.get().encode(password));
  }

  /**
   * Returns whether a password is that of a hash. It takes as long for a person who does not exist,
   * so that the time does not tell who does.
   *
   * @param hash the hash of the person's password; null for a person who does not exist
   */
  boolean matches(String password, @Nullable String hash) {
    places.acquireUninterruptibly();
    try {
      return encoder.get().matches(password, hash == null ? nobody.get() : hash) && hash != null;
    } finally {
      places.release();
    }
  }
}
