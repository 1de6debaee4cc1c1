package dev.storewatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.input.WrongInput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hosts let the prober ask for, and by which answers a store is online. */
final class RobotsTxtTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | /a | true",
        "User-agent: *;Disallow: / | /a | false",
        "User-agent: *;Disallow: | /a | true",
        "user-agent : * # all;disallow:/a# not | /ab | false",
        "User-agent: *;Disallow: /;User-agent: Storewatch/1.0;Allow: / | /a | true",
        "User-agent: Storewatch;Disallow: /;User-agent: *;Allow: / | /a | false",
        "User-agent: storewatchers;Disallow: / | /a | true",
        "User-agent: a;User-agent: storewatch;Disallow: /a;User-agent: b;Disallow: /b | /a | false",
        "User-agent: a;User-agent: storewatch;Disallow: /a;User-agent: b;Disallow: /b | /b | true",
        "User-agent: storewatch;Disallow: /a;User-agent: storewatch;Disallow: /b | /b | false",
        "User-agent: *;Disallow: /a;Allow: /a/b | /a/b/c | true",
        "User-agent: *;Allow: /a;Disallow: /a | /a | true",
        "User-agent: *;Disallow: /*.php | /x/y.php?z | false",
        "User-agent: *;Disallow: /*.php$ | /x/y.php?z | true",
        "User-agent: *;Disallow: /*.php$ | /x/y.php | false",
        "User-agent: *;Disallow: /a?b=(c | /a?b=(cd | false",
        "Disallow: / | /a | true",
        "<html>Disallow: /</html> | /a | true",
        "Sitemap: /x;User-agent: *;Crawl-delay: 5;Disallow: /a | /a | false",
      })
  void holdsAsTheStandardSays(String lines, String path, boolean allows) {
    RobotsTxt robots = RobotsTxt.parse(lines.replace(";", "\r\n"), "storewatch");
    assertThat(robots.allows(path)).isEqualTo(allows);
  }

  @ParameterizedTest
  @CsvSource({
    "200-399,200,true",
    "200-399,399,true",
    "200-399,400,false",
    "'200, 404',404,true",
    "'200-299,301',302,false",
    "599,599,true"
  })
  void tellsByWhichStatusesAStoreIsOnline(String text, int status, boolean online) {
    assertThat(Statuses.parse(text).includes(status)).isEqualTo(online);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2xx", "200-", "399-200", "99", "600", "200,,201", "200-299-301"})
  void refusesStatusesThatAreNone(String text) {
    assertThatThrownBy(() -> Statuses.parse(text))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("for example 200-299,404");
  }
}
