package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.database.DataFolder;
import dev.storewatch.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;

final class ServerApplicationTest {
  /** Changes nothing, but could be part of a condition. */
  private static final String OF_SPRING = "spring.main.lazy-initialization: false";

  private static final String OF_WIRING = "org.springframework.context.annotation.internal";

  @TempDir private Path path;

  @Test
  void makesTheSameBeansAsAStartThatFindsThemItself() throws IOException {
    try (DataFolder folder = DataFolder.take(path, "serve")) {
      Set<String> asBuilt;
      try (ConfigurableApplicationContext server = start(folder, "")) {
        assertThat(foundItself(server)).isFalse();
        asBuilt = beans(server);
      }
      try (ConfigurableApplicationContext server = start(folder, OF_SPRING)) {
        assertThat(foundItself(server)).isTrue();
        assertThat(asBuilt).isEqualTo(beans(server));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "storewatch.late-close-as-midnight: true",
        "storewatch.cost.currency: EUR",
        "logging.level.root: error"
      })
  void needsNotFindItsBeansWithSettingsThatDecideNothing(String yaml) throws IOException {
    try (DataFolder folder = DataFolder.take(path, "serve");
        ConfigurableApplicationContext server = start(folder, yaml)) {
      assertThat(foundItself(server)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OF_SPRING,
        "server.forward-headers-strategy: native",
        "management.endpoint.health.show-components: never",
        "storewatch.prober: {enabled: true, references: \"https://example.com\"}"
      })
  void findsItsBeansWhereASettingMayDecideWhichThereAre(String yaml) throws IOException {
    try (DataFolder folder = DataFolder.take(path, "serve");
        ConfigurableApplicationContext server = start(folder, yaml)) {
      assertThat(foundItself(server)).isTrue();
      assertThat(server.containsBean("prober")).isEqualTo(yaml.contains("prober"));
    }
  }

  private ConfigurableApplicationContext start(DataFolder folder, String yaml) throws IOException {
    Path config = Files.writeString(path.resolve("config.yaml"), yaml + "\n");
    return StorewatchServer.start(
        folder,
        new StorewatchServer.Settings(
            "127.0.0.1", 0, false, config, DatabaseSettings.inDataFolder(), true));
  }

  private static boolean foundItself(ConfigurableApplicationContext server) {
    return server.getBeanNamesForType(ConfigurationClassPostProcessor.class).length > 0;
  }

  /** Returns the names of all beans but those by which they are found and put together. */
  private static Set<String> beans(ConfigurableApplicationContext server) {
    Set<String> names = new TreeSet<>(Set.of(server.getBeanDefinitionNames()));
    names.removeIf(name -> name.startsWith(OF_WIRING));
    return names;
  }
}
