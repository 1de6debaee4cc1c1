package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class Utf8Test {
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

  @Test
  void agreesWithTheDecoderOfTheJdkOnEveryLeadByte() {
    byte[] bytes = new byte[4];
    for (int value = 0; value < 1 << 24; value += value < 0xC0_0000 ? 4093 : 31) {
      bytes[0] = (byte) (value >> 16);
      bytes[1] = (byte) (value >> 8);
      bytes[2] = (byte) value;
      bytes[3] = (byte) 0x80;
      assertAgrees(bytes, 2);
      assertAgrees(bytes, 3);
      assertAgrees(bytes, 4);
    }
  }

  @ParameterizedTest
  @Seeds
  void agreesWithTheDecoderOfTheJdkOnRandomBytes(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < Seeds.Rounds.of(20_000); i++) {
      byte[] bytes = "aé€😀b퟿\uE000\uFFFF".getBytes(StandardCharsets.UTF_8);
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(decodes(bytes, bytes.length));
    }
  }

  private void assertAgrees(byte[] bytes, int length) {
    if (Utf8.isValid(bytes, 0, length) != decodes(bytes, length)) {
      assertThat(bytes).as("%d bytes that only one calls UTF-8", length).isNull();
    }
  }

  private boolean decodes(byte[] bytes, int length) {
    try {
      decoder.decode(ByteBuffer.wrap(bytes, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
