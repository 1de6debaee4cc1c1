package dev.storewatch.http;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import dev.storewatch.input.WrongInput;
import dev.storewatch.store.States;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** What is answered when something below a handler refuses, or is broken. */
final class WrongInputTest {
  @TempDir private static Path path;
  private static TestServer server;

  /** States that refuse one instant, and have a mistake in them for all others. */
  @Configuration(proxyBeanMethods = false)
  static class Broken {
    @Bean
    @Primary
    States brokenStates() {
      return (_, asOf) -> {
        if (asOf.equals("wrong")) {
          throw new WrongInput("as_of is 'wrong': use for example now");
        }
        throw new IllegalArgumentException("a mistake of the program");
      };
    }
  }

  @BeforeAll
  static void start() {
    server = TestServer.startWith(path, Broken.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void isAnsweredInTheWordsOfWhoeverFoundIt() throws Exception {
    HttpResponse<String> answer = server.get("/api/v1/stores/42?as_of=wrong");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer).get("detail").stringValue())
        .isEqualTo("as_of is 'wrong': use for example now");
    assertThat(json(answer).get("instance").stringValue()).isEqualTo("/api/v1/stores/42");
  }

  @Test
  void isNotWhatAMistakeOfTheProgramIs() throws Exception {
    HttpResponse<String> answer = server.get("/api/v1/stores/42");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body())
        .contains("something went wrong on the server")
        .doesNotContain("a mistake of the program");
  }
}
