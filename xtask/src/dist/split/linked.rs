//! Who refers to whom in a linked module: functions and static data, by the relocations that the linker left in it (`--emit-relocs`).
//!
//! Nothing else tells it: in the finished code a function pointer and an address are numbers like others.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result, ensure};
use wasmparser::{BinaryReader, DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocSectionReader, SymbolInfo, TypeRef};

/// A function by its index, or static data by its address and size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// A function.
    Function(u32),
    /// Static data.
    Data(u32, u32),
}

/// Functions and data, each with the one that led to it.
pub type Reached = HashMap<Node, Option<Node>>;

/// A module as the linker has written it.
#[derive(Default)]
pub struct Linked {
    /// The mangled names of functions and data.
    names: HashMap<Node, String>,
    /// What each refers to.
    refers: HashMap<Node, HashSet<Node>>,
}

/// A piece of a section, and where in the section it is.
struct Piece<T> {
    start: u64,
    end: u64,
    what: T,
}

impl Linked {
    /// Reads `wasm`.
    pub fn read(wasm: &[u8]) -> Result<Self> {
        let mut linked = Self::default();
        let (mut symbols, mut relocations) = (Vec::new(), Vec::new());
        let (mut bodies, mut segments) = (Vec::new(), Vec::new());
        let (mut next, mut code_start) = (0, 0);
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        next += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { unchecked_range, .. } => code_start = unchecked_range.start,
                Payload::CodeSectionEntry(body) => {
                    let range = body.range();
                    bodies.push(Piece { start: range.start - code_start, end: range.end - code_start, what: Node::Function(next) });
                    next += 1;
                }
                Payload::DataSection(section) => {
                    let section_start = section.range().start;
                    for segment in section {
                        let segment = segment?;
                        let DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                        let address = constant(offset_expr.get_binary_reader())?;
                        let end = segment.range.end - section_start;
                        let length = u64::try_from(segment.data.len())?;
                        segments.push(Piece { start: end - length, end, what: address });
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            if let Linking::SymbolTable(table) = part? {
                                symbols = table.into_iter().collect::<Result<_, _>>()?;
                            }
                        }
                    }
                    KnownCustom::Name(parts) => {
                        for part in parts {
                            let Name::Function(functions) = part? else { continue };
                            for function in functions {
                                let function = function?;
                                linked.names.insert(Node::Function(function.index), function.name.to_owned());
                            }
                        }
                    }
                    // Those of debugging information are of no account.
                    KnownCustom::Reloc(reader) if section.name() == "reloc.CODE" => relocations.push((true, reader)),
                    KnownCustom::Reloc(reader) if section.name() == "reloc.DATA" => relocations.push((false, reader)),
                    _ => {}
                },
                _ => {}
            }
        }
        ensure!(!relocations.is_empty(), "the linker left no relocations: build.rs asks for them");
        let nodes = linked.find(&symbols, &segments)?;
        for (of_code, reader) in relocations {
            if of_code {
                linked.join(&reader, &nodes, &bodies, |body, _| vec![*body])?;
            } else {
                let data: Vec<_> = linked.names.keys().copied().collect();
                linked.join(&reader, &nodes, &segments, |address, within| covering(&data, *address, within))?;
            }
        }
        Ok(linked)
    }

    /// What each symbol stands for. Those of data keep their names.
    fn find(&mut self, symbols: &[SymbolInfo<'_>], segments: &[Piece<u32>]) -> Result<Vec<Option<Node>>> {
        let mut nodes = Vec::with_capacity(symbols.len());
        for symbol in symbols {
            nodes.push(match symbol {
                SymbolInfo::Func { index, .. } => Some(Node::Function(*index)),
                SymbolInfo::Data { name, symbol: Some(place), .. } => {
                    // What begins as zeros may have no segment, and refers to nothing.
                    let segment = segments.get(usize::try_from(place.index)?);
                    let node = segment.map(|segment| Node::Data(segment.what + place.offset, place.size));
                    self.names.extend(node.map(|node| (node, (*name).to_owned())));
                    node
                }
                _ => None,
            });
        }
        Ok(nodes)
    }

    /// Adds what the relocations of one section say; `sources` names what is at an offset within a piece of it.
    fn join<T>(
        &mut self,
        relocations: &RelocSectionReader<'_>,
        nodes: &[Option<Node>],
        pieces: &[Piece<T>],
        sources: impl Fn(&T, u64) -> Vec<Node>,
    ) -> Result<()> {
        for entry in relocations.entries() {
            let entry = entry?;
            // Types and globals are symbols of another kind, and types none at all.
            if entry.ty == wasmparser::RelocationType::TypeIndexLeb {
                continue;
            }
            let Some(Some(target)) = nodes.get(usize::try_from(entry.index)?) else { continue };
            let offset = u64::from(entry.offset);
            let at = pieces.partition_point(|piece| piece.end <= offset);
            let piece = pieces.get(at).filter(|piece| piece.start <= offset).context("a relocation outside of all code and data")?;
            for source in sources(&piece.what, offset - piece.start) {
                self.refers.entry(source).or_default().insert(*target);
            }
        }
        Ok(())
    }

    /// The name of a function or of data, mangled.
    pub fn mangled(&self, node: Node) -> &str {
        self.names.get(&node).map_or("", String::as_str)
    }

    /// The name of a function or of data, for people.
    pub fn name_of(&self, node: Node) -> String {
        format!("{:#}", rustc_demangle::demangle(self.mangled(node)))
    }

    /// All functions and data.
    pub fn nodes(&self) -> impl Iterator<Item = Node> {
        self.names.keys().copied()
    }

    /// What `node` refers to.
    pub fn refers(&self, node: Node) -> impl Iterator<Item = Node> {
        self.refers.get(&node).into_iter().flatten().copied()
    }

    /// All that can be reached from `roots` without `beyond`.
    pub fn reach(&self, roots: impl IntoIterator<Item = Node>, beyond: Node) -> Reached {
        let mut reached: Reached = roots.into_iter().map(|root| (root, None)).collect();
        let mut waiting: Vec<_> = reached.keys().copied().collect();
        while let Some(node) = waiting.pop() {
            if node == beyond {
                continue;
            }
            for next in self.refers(node) {
                reached.entry(next).or_insert_with(|| {
                    waiting.push(next);
                    Some(node)
                });
            }
        }
        reached
    }
}

/// The data that has the byte `within` the segment that begins at `address`: several where one lies in another.
fn covering(data: &[Node], address: u32, within: u64) -> Vec<Node> {
    let byte = u64::from(address) + within;
    let covers =
        |node: &Node| matches!(*node, Node::Data(start, size) if (u64::from(start)..u64::from(start) + u64::from(size)).contains(&byte));
    data.iter().copied().filter(covers).collect()
}

/// The value of an offset in the file: `i32.const`.
pub fn constant(expression: BinaryReader<'_>) -> Result<u32> {
    match wasmparser::OperatorsReader::new(expression).read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        other => anyhow::bail!("an offset is no constant: {other:?}"),
    }
}
