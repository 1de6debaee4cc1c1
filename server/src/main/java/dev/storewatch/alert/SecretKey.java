package dev.storewatch.alert;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of AES-256-GCM. What it sealed is {@code v1:ID:DATA}: the id of the key, and in base64 a
 * nonce of 12 bytes and the ciphertext with its tag.
 */
final class SecretKey {
  static final int BYTES = 32;

  private static final String VERSION = "v1";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_BYTES = 4;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;
  private final String id;

  SecretKey(byte[] bytes) {
    key = new SecretKeySpec(bytes, "AES");
    id = HexFormat.of().formatHex(Arrays.copyOf(hash(bytes), ID_BYTES));
  }

  /** Returns the key of a text in base64, if it is one of 32 bytes. */
  static Optional<SecretKey> parse(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text.strip());
      return bytes.length == BYTES ? Optional.of(new SecretKey(bytes)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] hash(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns what tells the key from others, and tells nobody the key. */
  String id() {
    return id;
  }

  /** Returns the id of the key that sealed a text. */
  static String idOf(String sealed) {
    return sealed.split(":", -1)[1];
  }

  /**
   * Encrypts a text.
   *
   * @param place what it belongs to: nobody can open it as something else's
   */
  String seal(String text, String place) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] whole = ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
      return "%s:%s:%s".formatted(VERSION, id, Base64.getEncoder().encodeToString(whole));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-256-GCM", e);
    }
  }

  /** Returns the text that was sealed with this key at a place, if it was. */
  Optional<String> open(String sealed, String place) {
    String[] parts = sealed.split(":", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION) || !parts[1].equals(id)) {
      return Optional.empty();
    }
    try {
      byte[] whole = Base64.getDecoder().decode(parts[2]);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE), place);
      byte[] text = cipher.doFinal(whole, NONCE, whole.length - NONCE);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty(); // somebody has changed it, or taken it from another place
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "SecretKey[%s]".formatted(id);
  }
}
