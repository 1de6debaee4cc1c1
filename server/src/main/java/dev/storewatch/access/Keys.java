package dev.storewatch.access;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The place where keys are kept. */
public interface Keys {
  /**
   * A key and the hash of its secret.
   *
   * @param key the key
   * @param secretHash SHA-256 of the secret part, in hexadecimal
   */
  record Kept(ApiKey key, String secretHash) {
    /** Leaves the hash out. */
    @Override
    public String toString() {
      return key.toString();
    }
  }

  /** Adds a new key. */
  void add(ApiKey key, String secretHash);

  /** Returns all keys in the order in which they were made, the ones that ended too. */
  List<Kept> all();

  /**
   * Revokes a key.
   *
   * @return whether it was not revoked before
   */
  boolean revoke(String id, Instant now);

  /** Notes when keys, named by their ids, were last used, unless they were used later too. */
  void used(Map<String, Instant> lastUses);

  /** Returns the keys without the hashes of their secrets. */
  static List<ApiKey> withoutHashes(Collection<Kept> keys) {
    return keys.stream().map(Kept::key).toList();
  }
}
