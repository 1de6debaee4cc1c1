package dev.storewatch.setting;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Which names are refused in the environment and elsewhere. */
final class KnownSettingsTest {
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({Uploads.class, Ungrouped.class})
  static class Settings {}

  @ConfigurationProperties(prefix = Limits.PREFIX)
  record Uploads(@DefaultValue("64") int uploadsAtOnce) {}

  @ConfigurationProperties(prefix = "storewatch")
  record Ungrouped(@DefaultValue("") String other) {}

  private static void check(PropertySource<?> source) {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.getEnvironment().getPropertySources().addFirst(source);
      context.register(Settings.class);
      context.refresh();
      new KnownSettings(context).afterSingletonsInstantiated();
    }
  }

  private static PropertySource<?> environment(String name) {
    return new SystemEnvironmentPropertySource("environment", Map.of(name, "1"));
  }

  private static PropertySource<?> file(String name) {
    return new MapPropertySource("file", Map.of(name, "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOREWATCH_LIMITS_UPLOADSATONCE",
        "STOREWATCH_LIMITS_UPLOADS_AT_ONCE",
        "STOREWATCH_DATA",
        "STOREWATCH_SERVICE_HOST",
        "STOREWATCH_PORT_8000_TCP_ADDR",
        "STOREWATCHDOG",
        "PATH",
      })
  void areKnownOrOfNoConcernInTheEnvironment(String name) {
    assertThatCode(() -> check(environment(name))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOREWATCH_LIMITS_UPLOADATONCE", "storewatch.limits.uploads"})
  void areNotKnownInTheEnvironment(String name) {
    assertThatThrownBy(() -> check(environment(name)))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("there is no setting " + name)
        .hasMessageContaining("storewatch.limits.uploads-at-once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"storewatch.other", "storewatch.limits.uploads-at-once", "server.port"})
  void areKnownOrOfNoConcernElsewhere(String name) {
    assertThatCode(() -> check(file(name))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"storewatch.data", "storewatch.limits.uploads", "storewatch.x.y[0]"})
  void areNotKnownElsewhere(String name) {
    assertThatThrownBy(() -> check(file(name))).isInstanceOf(BadSetting.class);
  }
}
