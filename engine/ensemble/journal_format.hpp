// The bytes of a journal.
//
// A header, then records of one size: record r lies at header_size + r * record_size, so the file
// has the same bytes whatever order replications finish in. Zeros are a record not yet there. All
// numbers are little endian and 8 bytes wide where nothing else is said.
//
//   header    0 magic "PSJRNL\r\n", 8 version (4 bytes), 12 byte order mark 0x01020304 (4),
//            16 header_size, 24 record_size, 32 seed, 40 replications planned, 48 precision
//               (double, 0: none), 56 months, 64 cells of a month, 72 drawn parameters,
//            80 world, 96 parameters, 112 plan, 128 engine (16 characters each),
//           144 bytes of the description, 152 checksum of the header but 152..175,
//           160 replications at which precision was reached (0: not), 168 checksum of that,
//           176 description: JSON with title, currency, calendar, columns and names in their
//               order, drawn parameters; then zeros up to header_size
//   record    0 bytes that follow, 8 replication, 16 draw, 24 world, 32 luck,
//            40 status (0 done, 1 failed), 48 text of the failure (120 bytes),
//           168 drawn values (double each), cells month by month (signed), hash of the final
//               state, checksum of all before
//
// Cells of a month: lines [line][offer][segment], heads [head][vendor][segment], active partners
// by tier [tier][vendor], scenes [scene][market], as in model/cells.hpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "ensemble/identity.hpp"
#include "ensemble/plan.hpp"
#include "model/cells.hpp"
#include "scenario/scenario.hpp"

namespace partnersim {

inline constexpr std::uint32_t kJournalVersion = 1;

/// The content of a file is not what it must be: no journal, another version, cut off, of another
/// scenario. One sentence with the path. (What the disk refuses is a FileError.)
class JournalFault : public std::runtime_error {
 public:
  JournalFault(const std::filesystem::path& path, std::string_view why)
      : std::runtime_error(path.string() + " " + std::string(why)) {}
};

/// What a journal says about all its records.
struct JournalHeader {
  Identity identity;
  Plan plan;
  World outline;                   // title, currency, calendar, months and names; no partners
  std::vector<std::string> drawn;  // paths of the drawn parameters

  /// Where a cell is within a month: cells().at(Line::net, offer, segment).
  Cells cells() const { return Cells(outline); }
};
JournalHeader journal_header(const Scenario& scenario, const Plan& plan);

struct Record {
  std::uint64_t replication = 0;
  Triple triple;
  bool failed = false;
  std::string failure;              // why; kept are 120 bytes
  std::vector<double> drawn;        // one for each drawn parameter
  std::vector<std::int64_t> cells;  // month by month; zeros where failed
  std::uint64_t state_hash = 0;     // of the final state
};

enum class RecordStatus : std::uint8_t { missing, done, failed };

/// Sizes that follow from a header.
struct JournalLayout {
  std::size_t header_size = 0, record_size = 0, drawn = 0, months = 0, cells = 0;

  std::uint64_t record(std::uint64_t r) const { return header_size + r * record_size; }
  std::size_t first_drawn() const { return 168; }  // within a record
  std::size_t first_cell() const { return first_drawn() + 8 * drawn; }
};
JournalLayout layout_of(const JournalHeader& header);

/// The header as it is before any precision is reached.
std::string encode_header(const JournalHeader& header);

inline constexpr std::size_t kFrontSize = 176;  // the header without its description
/// Size of the whole header, from its first kFrontSize bytes. Throws JournalFault.
std::size_t header_size_of(std::string_view front, const std::filesystem::path& path);
/// From a whole header. Throws JournalFault.
JournalHeader decode_header(std::string_view bytes, const std::filesystem::path& path);

/// Where precision was reached, 0 where it was not; the only part of a header that changes. Nothing
/// where it is damaged.
inline constexpr std::uint64_t kEndMark = 160;
std::string encode_end_mark(std::uint64_t n);
std::optional<std::uint64_t> decode_end_mark(std::string_view header);

/// The first thing that differs, in words; empty where headers are equal.
std::string difference(const JournalHeader& there, const JournalHeader& here);

void encode_record(const JournalLayout& layout, const Record& record, std::string& bytes);
void decode_record(const JournalLayout& layout, std::string_view bytes, Record& record);
/// Missing where the bytes are not record r as it was written.
RecordStatus check_record(const JournalLayout& layout, std::string_view bytes, std::uint64_t r);

}  // namespace partnersim
