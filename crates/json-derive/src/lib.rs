//! `#[derive(FromJson)]`: reads what serde writes. It uses serde's attributes, so that each field is declared once.
//!
//! - A struct reads each field by its name: `rename_all = "camelCase"`, `rename`, `flatten`. A field that is missing or malformed gets
//!   the default of its type.
//! - An enum with `tag` reads the variant that the tag names; each variant holds one type with its options. Without a known tag it is the
//!   first variant. The enum also gets `TAGS`, the names of all variants, and `tag()`, the name of the current one.
//!
//! Other shapes, and attributes that change what is written, do not compile: they would be read wrongly.

use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Error, Fields, Ident, LitStr, Token, parse_macro_input};

/// Derives `json::FromJson`. See the documentation of the crate.
#[proc_macro_derive(FromJson, attributes(serde))]
pub fn from_json(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(Error::into_compile_error).into()
}

fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let name = &input.ident;
    let options = Options::of(&input.attrs)?;
    match &input.data {
        Data::Struct(data) => {
            let fields = data.fields.iter().map(|field| read_field(field, options.camel_case)).collect::<syn::Result<Vec<_>>>()?;
            Ok(quote! {
                impl ::json::FromJson for #name {
                    fn from_json(value: &::json::Value<'_>) -> Option<Self> {
                        value.is_object().then(|| Self { #(#fields),* })
                    }
                }
            })
        }
        Data::Enum(data) => {
            let tag = options.tag.ok_or_else(|| Error::new_spanned(name, "an enum needs #[serde(tag = …)]"))?;
            let variants = data.variants.iter().map(variant).collect::<syn::Result<Vec<_>>>()?;
            let (idents, tags): (Vec<_>, Vec<_>) = variants.into_iter().unzip();
            let first = idents.first().ok_or_else(|| Error::new_spanned(name, "an enum needs a variant"))?;
            Ok(quote! {
                impl ::json::FromJson for #name {
                    fn from_json(value: &::json::Value<'_>) -> Option<Self> {
                        Some(match value.get(#tag).as_str() {
                            #(Some(#tags) => Self::#idents(::json::FromJson::from_json(value).unwrap_or_default()),)*
                            _ => Self::#first(::json::FromJson::from_json(value).unwrap_or_default()),
                        })
                    }
                }

                impl #name {
                    /// The names of all variants.
                    pub const TAGS: &'static [&'static str] = &[#(#tags),*];

                    /// The name of this variant.
                    pub fn tag(&self) -> &'static str {
                        match self {
                            #(Self::#idents(_) => #tags,)*
                        }
                    }
                }
            })
        }
        Data::Union(_) => Err(Error::new_spanned(name, "a union cannot be read")),
    }
}

fn read_field(field: &syn::Field, camel_case: bool) -> syn::Result<TokenStream> {
    let ident = field.ident.as_ref().ok_or_else(|| Error::new_spanned(field, "only named fields can be read"))?;
    let options = Options::of(&field.attrs)?;
    if options.flatten {
        return Ok(quote!(#ident: ::json::FromJson::from_json(value).unwrap_or_default()));
    }
    let name = options.rename.unwrap_or_else(|| if camel_case { to_camel_case(ident) } else { ident.to_string() });
    Ok(quote!(#ident: value.field(#name)))
}

fn variant(variant: &syn::Variant) -> syn::Result<(Ident, String)> {
    let options = Options::of(&variant.attrs)?;
    let is_wrapper = matches!(&variant.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1);
    match options.rename {
        Some(rename) if is_wrapper => Ok((variant.ident.clone(), rename)),
        _ => Err(Error::new_spanned(variant, "a variant needs #[serde(rename = …)] and one type with its options")),
    }
}

fn to_camel_case(ident: &Ident) -> String {
    let mut name = String::new();
    for (index, word) in ident.to_string().split('_').enumerate() {
        let mut letters = word.chars();
        let first = letters.next();
        name.extend(first.map(|first| if index == 0 { first } else { first.to_ascii_uppercase() }));
        name.extend(letters);
    }
    name
}

/// Those options of `#[serde(…)]` that change what is written.
#[derive(Default)]
struct Options {
    rename: Option<String>,
    tag: Option<String>,
    camel_case: bool,
    flatten: bool,
}

impl Options {
    fn of(attributes: &[Attribute]) -> syn::Result<Self> {
        let mut options = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            for meta in attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)? {
                options.add(meta)?;
            }
        }
        Ok(options)
    }

    fn add(&mut self, meta: Meta) -> syn::Result<()> {
        match (meta.name.to_string().as_str(), meta.value) {
            ("rename", Some(text)) => self.rename = Some(text.value()),
            ("tag", Some(text)) => self.tag = Some(text.value()),
            ("rename_all", Some(text)) if text.value() == "camelCase" => self.camel_case = true,
            ("flatten", None) => self.flatten = true,
            // Neither changes how a field is read: a missing field gets its default, and only default values are not written.
            ("default", None) | ("skip_serializing_if", Some(_)) => {}
            _ => return Err(Error::new(meta.name.span(), "FromJson does not know this attribute: read this type by hand")),
        }
        Ok(())
    }
}

/// `name` or `name = "text"`.
struct Meta {
    name: Ident,
    value: Option<LitStr>,
}

impl syn::parse::Parse for Meta {
    fn parse(input: syn::parse::ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let value = input.peek(Token![=]).then(|| input.parse::<Token![=]>().and_then(|_| input.parse())).transpose()?;
        Ok(Self { name, value })
    }
}
