package dev.storewatch.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.input.WrongInput;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreIdsTest {
  private static String problemOfBytes(String id) {
    byte[] line = ("x," + id + ",y").getBytes(StandardCharsets.UTF_8);
    return String.valueOf(StoreIds.problem(line, 2, line.length - 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "8419537941919820732",
        "a b",
        "a,\"b\"",
        "Łódź/7",
        "店",
        "a\u00A0b",
        "318000000000000.0",
        "12E5",
        "3e1f",
        "E+18",
        "1.E+5",
        "1E+",
        "1E+1234",
        "1234.5E+3",
        "1.5E+3x",
        "1.5F+3",
        "-E+18",
      })
  void mayBeAnyPrintableText(String id) {
    assertThat(StoreIds.problem(id)).isNull();
    assertThat(problemOfBytes(id)).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource({"'',empty", "'a\tb',control", "'a\u007F',control", "'a\u0085b',control"})
  void mayNotBeEmptyOrHoldControlCharacters(String id, String problem) {
    assertThat(StoreIds.problem(id)).contains(problem);
    assertThat(problemOfBytes(id)).contains(problem);
  }

  @Test
  void mayNotHoldHalfOfACharacter() {
    assertThat(StoreIds.problem("a\ud83d")).contains("half of a character");
  }

  @Test
  void areAsLongAsTheirBytes() {
    assertThat(StoreIds.problem("店".repeat(85) + "a")).isNull();
    assertThat(StoreIds.problem("店".repeat(85) + "ab")).contains("longer than 256 bytes");
    assertThat(problemOfBytes("a".repeat(256))).isEqualTo("null");
    assertThat(problemOfBytes("a".repeat(257))).contains("longer than 256 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.41953794191982E+018",
        "9.07E+18",
        "1.5e+10",
        "1E+18",
        "1.5E10",
        "8,41953794191982E+18",
        "-9.07e18",
        "907.1E-12",
      })
  void mayNotBeANumberThatWasCut(String id) {
    assertThat(StoreIds.problem(id)).contains("cut to 15 digits", "as text");
    assertThat(problemOfBytes(id)).contains("cut to 15 digits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "\t",
        "\u000B",
        "\r\n",
        "\u0085",
        "\u00A0",
        "\u1680",
        "\u2003",
        "\u200B",
        "\u2028",
        "\u202F",
        "\u205F",
        "\u2060",
        "\u3000",
        "\uFEFF",
        "\uFEFF \u00A0",
        "\u200E",
      })
  void loseTheBlanksAroundThem(String blanks) {
    for (String id : new String[] {"101", "é", "店 店", "😀", ""}) {
      String around = blanks + id + blanks + blanks;
      byte[] line = ("x" + around + "x").getBytes(StandardCharsets.UTF_8);
      int from = StoreIds.start(line, 1, line.length - 1);
      int to = StoreIds.end(line, from, line.length - 1);

      assertThat(StoreIds.stripped(around)).isEqualTo(id);
      assertThat(new String(line, from, to - from, StandardCharsets.UTF_8)).isEqualTo(id);
    }
    assertThat(StoreIds.check(blanks + "1" + blanks)).isEqualTo("1");
    assertThatThrownBy(() -> StoreIds.check(blanks))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("empty");
  }
}
