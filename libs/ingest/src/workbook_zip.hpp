#pragma once

#include "adic/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <pugixml.hpp>
#include <zip.h>

namespace adic::ingest {

/// The parts of an XLSX file, which is a zip archive of XML files.
class WorkbookZip {
  public:
    /// Why a workbook cannot be opened.
    enum class Refusal { not_a_zip, too_large };

    static std::optional<WorkbookZip> open(const std::filesystem::path& path, Refusal& why);

    /// A part, unpacked as it is read. Null if there is none of this name.
    struct Close {
        void operator()(zip_file_t* file) const { zip_fclose(file); }
    };

    using Part = std::unique_ptr<zip_file_t, Close>;

    Part part(const std::string& name) const;

    /// Bytes of a part, unpacked.
    std::uint64_t size_of(const std::string& name) const;

    /// A small part as a document; empty if it is not there, larger than a description of a
    /// workbook may be (16 MiB), or no XML.
    std::unique_ptr<pugi::xml_document> document(const std::string& name) const;

  private:
    struct Discard {
        void operator()(zip_t* archive) const { zip_discard(archive); }
    };

    explicit WorkbookZip(zip_t* archive) : archive_(archive, Discard{}) {}

    std::shared_ptr<zip_t> archive_;
};

/// The elements of one name in a part, one at a time, so that a sheet is never whole in memory.
///
/// Elements of that name must not stand inside each other, as `row` and `si` never do.
/// Cost: memory of one element, which may be 16 MiB long.
class XmlElements {
  public:
    XmlElements(WorkbookZip::Part part, std::string_view name);

    /// The next element; empty at the end, or when the XML cannot be read on.
    pugi::xml_node next();

    /// Whether the end was not the end of the part.
    bool is_broken() const { return is_broken_; }

    std::uint64_t bytes() const { return bytes_; }

  private:
    bool fill();
    std::optional<std::size_t> find_start();
    std::optional<std::size_t> find_end(std::size_t start);
    std::optional<std::size_t> find_close_of_tag(std::size_t start);

    WorkbookZip::Part part_;
    std::string name_;  ///< with the prefix that the part uses
    std::string text_;
    std::size_t at_ = 0;  ///< everything before it was given
    std::uint64_t bytes_ = 0;
    bool knows_prefix_ = false;
    bool is_broken_ = false;
    pugi::xml_document document_;
};

/// The name of a node without its prefix.
std::string_view local_name(const pugi::xml_node& node);

/// The first child of this local name.
pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name);

}  // namespace adic::ingest
