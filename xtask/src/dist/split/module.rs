//! A module in pieces, and two modules made of them: the second takes what it needs of the first by its exports.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::convert::Infallible;

use anyhow::{Context, Result, ensure};
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportSection, Function, FunctionSection, ImportSection, NameMap,
    NameSection, TypeSection,
};
use wasmparser::{
    CustomSectionReader, Data, DataKind, Element, ElementItems, ElementKind, Export, ExternalKind, FunctionBody, KnownCustom, Name,
    Operator, Parser, Payload, TypeRef,
};

use super::linked::constant;

/// What the second module calls the first.
const FIRST: &str = "_";

/// A module, read.
#[derive(Default)]
pub struct Module<'a> {
    wasm: &'a [u8],
    /// Types, as they stand.
    types: Option<wasmparser::TypeSectionReader<'a>>,
    /// The types of all functions, imported ones first.
    functions: Vec<u32>,
    bodies: Vec<FunctionBody<'a>>,
    names: HashMap<u32, &'a str>,
    /// What the outside uses.
    exports: Vec<Export<'a>>,
    /// Functions that the outside calls.
    called: HashSet<u32>,
    /// Slots of the function table, and what is in them.
    slots: Vec<(u32, u32)>,
    /// Addresses of static data, and the data.
    segments: Vec<(u32, &'a [u8])>,
    /// Tables, memories and globals that both modules share.
    shared: Vec<(ExternalKind, u32, TypeRef)>,
}

impl<'a> Module<'a> {
    /// Reads `wasm`, of whose exports the outside uses those that `is_used` names.
    pub fn read(wasm: &'a [u8], is_used: impl Fn(&str) -> bool) -> Result<Self> {
        let mut module = Self { wasm, ..Self::default() };
        let mut counts = [0_u32; 3];
        let mut share = |shared: &mut Vec<_>, ty: TypeRef| {
            let (kind, place) = match ty {
                TypeRef::Table(_) => (ExternalKind::Table, &mut counts[0]),
                TypeRef::Memory(_) => (ExternalKind::Memory, &mut counts[1]),
                _ => (ExternalKind::Global, &mut counts[2]),
            };
            shared.push((kind, *place, ty));
            *place += 1;
        };
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(types) => module.types = Some(types),
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        match import?.ty {
                            TypeRef::Func(ty) => module.functions.push(ty),
                            ty => share(&mut module.shared, ty),
                        }
                    }
                }
                Payload::FunctionSection(types) => {
                    for ty in types {
                        module.functions.push(ty?);
                    }
                }
                Payload::TableSection(tables) => {
                    for table in tables {
                        share(&mut module.shared, TypeRef::Table(table?.ty));
                    }
                }
                Payload::MemorySection(memories) => {
                    for memory in memories {
                        share(&mut module.shared, TypeRef::Memory(memory?));
                    }
                }
                Payload::GlobalSection(globals) => {
                    for global in globals {
                        share(&mut module.shared, TypeRef::Global(global?.ty));
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind != ExternalKind::Func {
                            module.exports.push(export);
                        } else if is_used(export.name) {
                            module.called.insert(export.index);
                            module.exports.push(export);
                        }
                    }
                }
                Payload::StartSection { func, .. } => {
                    module.called.insert(func);
                }
                Payload::ElementSection(elements) => {
                    for element in elements {
                        module.slots.extend(slots(&element?)?);
                    }
                }
                Payload::CodeSectionEntry(body) => module.bodies.push(body),
                Payload::DataSection(segments) => {
                    for segment in segments {
                        let segment = segment?;
                        module.segments.push((address(&segment)?, segment.data));
                    }
                }
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(names) = section.as_known() {
                        for part in names {
                            if let Name::Function(functions) = part? {
                                for name in functions {
                                    let name = name?;
                                    module.names.insert(name.index, name.name);
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(module)
    }

    /// The name of a function; empty where it has none.
    pub fn name(&self, function: u32) -> &'a str {
        self.names.get(&function).copied().unwrap_or_default()
    }

    /// All functions that are not imported.
    pub fn defined(&self) -> impl Iterator<Item = u32> + use<'_> {
        self.bodies.iter().zip(self.imported()..).map(|(_, function)| function)
    }

    /// The functions that the outside may call: exports, and the one that starts.
    pub fn called(&self) -> impl Iterator<Item = u32> {
        self.called.iter().copied()
    }

    /// Whether `function` is in the table, and may be called by its slot.
    pub fn in_table(&self, function: u32) -> bool {
        self.slots.iter().any(|(_, other)| *other == function)
    }

    /// The functions that `function` calls directly.
    pub fn calls(&self, function: u32) -> Result<HashSet<u32>> {
        let mut called = HashSet::new();
        if let Some(body) = self.body(function) {
            for operator in body.get_operators_reader()? {
                match operator? {
                    Operator::Call { function_index } | Operator::ReturnCall { function_index } | Operator::RefFunc { function_index } => {
                        called.insert(function_index);
                    }
                    _ => {}
                }
            }
        }
        Ok(called)
    }

    fn imported(&self) -> u32 {
        u32::try_from(self.functions.len() - self.bodies.len()).unwrap_or(u32::MAX)
    }

    fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get(usize::try_from(function.checked_sub(self.imported())?).ok()?)
    }

    /// The two modules of which `parts` tells what is in them.
    pub fn split(&self, parts: &Parts) -> Result<(Vec<u8>, Vec<u8>)> {
        let mut needed = BTreeSet::new();
        for function in &parts.second {
            needed.extend(self.calls(*function)?.into_iter().filter(|called| !parts.second.contains(called)));
        }
        let mut shared = self.shared.clone();
        for function in needed {
            shared.push((ExternalKind::Func, function, TypeRef::Func(self.type_of(function)?)));
        }
        let named = shared.into_iter().zip(0..).map(|((kind, index, ty), number)| Shared { name: short(number), kind, index, ty });
        let shared: Vec<_> = named.collect();
        Ok((self.first(parts, &shared)?, self.second(parts, &shared)?))
    }

    /// The module without what is in the second one, or in none. Indices stay: wasm-opt takes away the functions that are empty now.
    fn first(&self, parts: &Parts, shared: &[Shared]) -> Result<Vec<u8>> {
        let mut first = wasm_encoder::Module::new();
        First { module: self, parts, shared, next: self.imported() }.parse_core_module(&mut first, Parser::new(0), self.wasm)?;
        Ok(first.finish())
    }

    fn second(&self, parts: &Parts, shared: &[Shared]) -> Result<Vec<u8>> {
        let imported = shared.iter().filter(|import| import.kind == ExternalKind::Func).map(|import| import.index);
        let indices: HashMap<u32, u32> = imported.chain(parts.second.iter().copied()).zip(0..).collect();
        let mut rewrite = Second { indices: &indices };
        let (mut types, mut imports, mut functions) = (TypeSection::new(), ImportSection::new(), FunctionSection::new());
        if let Some(section) = &self.types {
            rewrite.parse_type_section(&mut types, section.clone())?;
        }
        for import in shared {
            imports.import(FIRST, &import.name, rewrite.entity_type(import.ty)?);
        }
        let (mut code, mut names) = (CodeSection::new(), NameMap::new());
        for function in &parts.second {
            functions.function(self.type_of(*function)?);
            rewrite.parse_function_body(&mut code, self.body(*function).context("a function without a body")?.clone())?;
            names.append(rewrite.function_index(*function)?, self.name(*function));
        }
        let mut elements = ElementSection::new();
        fill(&mut elements, self.slots.iter().filter(|(_, function)| parts.second.contains(function)), &indices);
        let mut data = DataSection::new();
        for (address, bytes) in parts.moved.iter().flat_map(|(address, length)| self.bytes(*address, *length)) {
            data.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
        }
        let mut name_section = NameSection::new();
        name_section.functions(&names);
        let mut second = wasm_encoder::Module::new();
        second
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&elements)
            .section(&code)
            .section(&data)
            .section(&name_section);
        for section in self.features() {
            second.section(&RoundtripReencoder.custom_section(section)?);
        }
        Ok(second.finish())
    }

    fn type_of(&self, function: u32) -> Result<u32> {
        self.functions.get(usize::try_from(function)?).copied().context("a function without a type")
    }

    /// What tells wasm-opt which features the module uses.
    fn features(&self) -> Vec<CustomSectionReader<'a>> {
        let sections = Parser::new(0).parse_all(self.wasm).filter_map(|payload| match payload {
            Ok(Payload::CustomSection(section)) if section.name() == "target_features" => Some(section),
            _ => None,
        });
        sections.collect()
    }

    /// The static data at some addresses. What begins as zeros has no segment.
    fn bytes(&self, address: u32, length: u32) -> impl Iterator<Item = (u32, &'a [u8])> {
        self.segments.iter().filter_map(move |(start, data)| {
            let end = start + u32::try_from(data.len()).ok()?;
            let (from, to) = (address.max(*start), (address + length).min(end));
            let bytes = data.get(usize::try_from(from.checked_sub(*start)?).ok()?..usize::try_from(to.checked_sub(*start)?).ok()?)?;
            Some((from, bytes))
        })
    }
}

/// What the second module takes of the first.
struct Shared {
    name: String,
    kind: ExternalKind,
    index: u32,
    ty: TypeRef,
}

/// What is in which module.
pub struct Parts {
    /// The functions of the first module.
    pub first: HashSet<u32>,
    /// Those of the second.
    pub second: BTreeSet<u32>,
    /// Addresses and lengths of the static data that the first module does without.
    pub gone: Vec<(u32, u32)>,
    /// Of the data that the second module has.
    pub moved: Vec<(u32, u32)>,
}

/// Makes the first module.
struct First<'a> {
    module: &'a Module<'a>,
    parts: &'a Parts,
    shared: &'a [Shared],
    /// The function whose body comes next.
    next: u32,
}

impl Reencode for First<'_> {
    type Error = Infallible;

    fn parse_export_section(&mut self, exports: &mut ExportSection, _: wasmparser::ExportSectionReader<'_>) -> Result<(), Error> {
        let used = self.module.exports.iter().map(|export| (export.name, export.kind, export.index));
        for (name, kind, index) in used.chain(self.shared.iter().map(|shared| (shared.name.as_str(), shared.kind, shared.index))) {
            exports.export(name, self.export_kind(kind)?, index);
        }
        Ok(())
    }

    fn parse_element_section(&mut self, elements: &mut ElementSection, _: wasmparser::ElementSectionReader<'_>) -> Result<(), Error> {
        let same: HashMap<u32, u32> = self.parts.first.iter().map(|function| (*function, *function)).collect();
        fill(elements, self.module.slots.iter().filter(|(_, function)| self.parts.first.contains(function)), &same);
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Result<(), Error> {
        self.next += 1;
        if !self.parts.first.contains(&(self.next - 1)) {
            let mut empty = Function::new([]);
            empty.instructions().unreachable().end();
            code.function(&empty);
            return Ok(());
        }
        wasm_encoder::reencode::utils::parse_function_body(self, code, body)
    }

    fn parse_data(&mut self, data: &mut DataSection, segment: Data<'_>) -> Result<(), Error> {
        let DataKind::Active { offset_expr, .. } = &segment.kind else {
            return wasm_encoder::reencode::utils::parse_data(self, data, segment);
        };
        // Zeros cost next to nothing once they are compressed.
        let offset = self.const_expr(offset_expr.clone())?;
        let start = constant(offset_expr.get_binary_reader()).unwrap_or_default();
        let is_gone = |address: u32| self.parts.gone.iter().any(|(from, length)| address >= *from && address - from < *length);
        let bytes: Vec<u8> = segment.data.iter().zip(start..).map(|(byte, address)| if is_gone(address) { 0 } else { *byte }).collect();
        data.active(0, &offset, bytes);
        Ok(())
    }

    fn parse_custom_section(&mut self, module: &mut wasm_encoder::Module, section: CustomSectionReader<'_>) -> Result<(), Error> {
        match section.as_known() {
            // They told what is split, and are wrong now.
            KnownCustom::Linking(_) | KnownCustom::Reloc(_) => Ok(()),
            _ => wasm_encoder::reencode::utils::parse_custom_section(self, module, section),
        }
    }
}

/// The functions of the second module, which have other indices there.
struct Second<'a> {
    indices: &'a HashMap<u32, u32>,
}

impl Reencode for Second<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        // Everything that is called was given an index.
        Ok(self.indices.get(&function).copied().unwrap_or(u32::MAX))
    }
}

/// Puts functions into their slots, one segment for slots that follow each other.
fn fill<'a>(elements: &mut ElementSection, slots: impl Iterator<Item = &'a (u32, u32)>, indices: &HashMap<u32, u32>) {
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (slot, function) in slots {
        let index = indices.get(function).copied().unwrap_or(u32::MAX);
        match runs.last_mut() {
            Some((start, run)) if u32::try_from(run.len()).is_ok_and(|length| *start + length == *slot) => run.push(index),
            _ => runs.push((*slot, vec![index])),
        }
    }
    for (start, run) in runs {
        elements.active(None, &ConstExpr::i32_const(start.cast_signed()), Elements::Functions(run.into()));
    }
}

/// What an active segment of the first table has in which slot.
fn slots(element: &Element<'_>) -> Result<Vec<(u32, u32)>> {
    let ElementKind::Active { table_index: None | Some(0), offset_expr } = &element.kind else {
        anyhow::bail!("the module has a table that is filled in a way that cannot be split")
    };
    let ElementItems::Functions(functions) = element.items.clone() else { anyhow::bail!("the table is filled by expressions") };
    let start = constant(offset_expr.get_binary_reader())?;
    functions.into_iter().zip(start..).map(|(function, slot)| Ok((slot, function?))).collect()
}

fn address(segment: &Data<'_>) -> Result<u32> {
    let DataKind::Active { memory_index, offset_expr } = &segment.kind else { anyhow::bail!("static data without an address") };
    ensure!(*memory_index == 0, "static data in a second memory");
    constant(offset_expr.get_binary_reader())
}

/// A short name for each number: `a`, `b` … `z`, `aa` …
fn short(number: usize) -> String {
    let letter = |digit: usize| char::from(b'a' + u8::try_from(digit % 26).unwrap_or_default());
    if number < 26 { letter(number).to_string() } else { format!("{}{}", short(number / 26 - 1), letter(number)) }
}
