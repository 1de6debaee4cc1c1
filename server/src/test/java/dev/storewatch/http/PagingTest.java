package dev.storewatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponseException;

final class PagingTest {
  @Test
  void leavesOutTheOneThatTellsThatThereAreMore() {
    List<String> found = List.of("a", "b", "c");

    assertThat(Paging.page(found, 2)).containsExactly("a", "b");
    assertThat(Paging.hasMore(found, 2)).isTrue();
    assertThat(Paging.page(found, 3)).isEqualTo(found);
    assertThat(Paging.hasMore(found, 3)).isFalse();
    assertThat(Paging.page(List.of(), 3)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_000})
  void takesAnyReasonableLimit(int limit) {
    assertThat(Paging.checked(limit)).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_001})
  void refusesAnyOther(int limit) {
    assertThatThrownBy(() -> Paging.checked(limit))
        .isInstanceOfSatisfying(
            ErrorResponseException.class,
            problem ->
                assertThat(problem.getBody().getDetail())
                    .isEqualTo("limit is %d: use a whole number from 1 to 1000", limit));
  }
}
