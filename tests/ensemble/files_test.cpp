// Files that appear whole or not at all, and disks that refuse.
#include "ensemble/files.hpp"

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

#include "ensemble/tiny.hpp"

namespace partnersim {
namespace {

using testing::bytes_of;
using testing::Folder;
using testing::message;
using testing::overwrite;

std::size_t entries(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

/// A file system of 64 kB. Where we may not mount one no file may become longer: the same calls
/// fail, with another reason.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& at)
      : at_(at), mounted_(::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=65536") == 0) {
    if (mounted_) return;
    ::getrlimit(RLIMIT_FSIZE, &usual_);
    const rlimit small{.rlim_cur = 65536, .rlim_max = usual_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    ::signal(SIGXFSZ, SIG_IGN);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) {
      ::umount2(at_.c_str(), MNT_DETACH);
    } else {
      ::setrlimit(RLIMIT_FSIZE, &usual_);
      ::signal(SIGXFSZ, SIG_DFL);
    }
  }
  std::string refusal(const std::filesystem::path& file) const {
    return "cannot write " + file.string() + ": " +
           (mounted_ ? "No space left on device" : "File too large");
  }

 private:
  std::filesystem::path at_;
  bool mounted_;
  rlimit usual_{};
};

TEST(Files, AppearUnderTheirNameAndLeaveNothingBeside) {
  const Folder folder;
  const auto path = folder / "runs.csv";
  write_file_atomically(path, "a,b\n");
  EXPECT_EQ(bytes_of(path), "a,b\n");
  write_file_atomically(path, "");
  EXPECT_EQ(bytes_of(path), "");
  EXPECT_EQ(entries(folder.path()), 1u);
}

TEST(Files, AMissingFolderIsOneSentenceWithThePath) {
  const Folder folder;
  const auto path = folder / "no/runs.csv";
  EXPECT_EQ(message<FileError>([&] { write_file_atomically(path, "x"); }),
            "cannot write " + path.string() + ": No such file or directory");
}

TEST(Files, AReadOnlyFolderRefuses) {
  // /proc is read-only also for root.
  const std::string text = message<FileError>([] { write_file_atomically("/proc/x.csv", "x"); });
  EXPECT_EQ(text.find("cannot write /proc/x.csv: "), 0u) << text;
  if (::geteuid() == 0) return;  // root writes where the mode forbids it
  const Folder folder;
  std::filesystem::permissions(
      folder.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  EXPECT_EQ(message<FileError>([&] { write_file_atomically(folder / "x", "x"); }),
            "cannot write " + (folder / "x").string() + ": Permission denied");
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
}

TEST(Files, AFullDiskLeavesTheOldFileAndNoRest) {
  const Folder folder;
  const SmallDisk disk(folder.path());
  const auto path = folder / "workbook.xlsx";
  write_file_atomically(path, "old");
  EXPECT_EQ(message<FileError>([&] { write_file_atomically(path, std::string(200000, 'x')); }),
            disk.refusal(path));
  EXPECT_EQ(bytes_of(path), "old");
  EXPECT_EQ(entries(folder.path()), 1u);
}

TEST(Files, AFullDiskIsFoundBeforeTheWork) {
  const Folder folder;
  const SmallDisk disk(folder.path());
  const auto path = folder / "journal/records.bin";
  const JournalHeader header = journal_header(testing::tiny_scenario(), testing::tiny_plan(1000));
  EXPECT_EQ(message<FileError>([&] { JournalWriter::create(path, header); }), disk.refusal(path));
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Files, AFullDiskWhileTheJournalGrowsStopsTheBatchAndLosesNothing) {
  const Folder folder;
  const SmallDisk disk(folder.path());
  Plan plan = testing::tiny_plan(1000);
  plan.precision = 1e-9;
  const Scenario scenario = testing::tiny_scenario();
  const auto path = folder / "records.bin";
  JournalWriter journal = JournalWriter::create(path, journal_header(scenario, plan));
  const auto noise = [] {
    return Runner([](const Parameters&, RunLuck luck, std::span<std::int64_t> cells) {
      std::fill(cells.begin(), cells.end(), static_cast<std::int64_t>(luck.personal.key >> 40));
      return luck.personal.key;
    });
  };
  EnsembleOptions options;
  options.threads = 2;
  EXPECT_EQ(message<FileError>([&] { run_ensemble(scenario, plan, journal, options, noise); }),
            disk.refusal(path));
  const std::uint64_t kept = journal.reader().count(RecordStatus::done);
  EXPECT_GT(kept, 0u);
  EXPECT_EQ(JournalReader(path).count(RecordStatus::done), kept);
}

TEST(Files, FullDeviceAndFolderInPlaceOfAFile) {
  EXPECT_EQ(message<FileError>([] { File("/dev/full", File::Mode::update); }),
            "cannot open /dev/full: it is not a file");
  const Folder folder;
  EXPECT_NE(message<FileError>([&] { File(folder.path(), File::Mode::read); }), "");
  EXPECT_EQ(message<FileError>([&] { make_folder(folder / "file" / "below"); }), "");
  overwrite(folder / "plain", "x");
  EXPECT_EQ(message<FileError>([&] { make_folder(folder / "plain" / "below"); }),
            "cannot create " + (folder / "plain" / "below").string() + ": Not a directory");
}

TEST(Files, ReadWhatIsThere) {
  const Folder folder;
  overwrite(folder / "x", std::string("a\0b", 3));
  EXPECT_EQ(read_file(folder / "x"), std::string("a\0b", 3));
  char buffer[8];
  EXPECT_EQ(File(folder / "x", File::Mode::read).read(1, buffer, 8), 2u);
  EXPECT_EQ(message<FileError>([&] { read_file(folder / "y"); }),
            "cannot open " + (folder / "y").string() + ": No such file or directory");
}

}  // namespace
}  // namespace partnersim
